<?php
/**
 * Plugin Name: Fingerpost
 * Description: Asks a Fingerpost of yours whether a new comment says who is to blame, shows the reasons in the list of comments, and holds comments from a threshold on where you choose so.
 * Version: 0.1.0
 * Requires at least: 5.5
 * Requires PHP: 7.4
 * License: Apache-2.0
 *
 * A comment is scored after it was posted. Where Fingerpost does not answer, the comment stays as
 * WordPress had it, and is asked about again by WordPress' own schedule. Scores are what a model
 * reads of a comment's claims, never findings about anyone.
 */

defined( 'ABSPATH' ) || exit;

/** Seconds that somebody who posts a comment waits at most. */
const FINGERPOST_TIMEOUT_S = 3;

/** How often a comment is asked about at most, the first time included, and seconds between. */
const FINGERPOST_TRIES   = 3;
const FINGERPOST_RETRY_S = 300;

/** Bytes sent of an article: its account stands at the beginning. */
const FINGERPOST_ARTICLE_BYTES = 20000;

/** Bytes of a comment that Perspective's protocol takes. */
const FINGERPOST_COMMENT_BYTES = 20480;

/** Reasons shown of one comment. */
const FINGERPOST_SHOWN = 5;

add_action( 'comment_post', 'fingerpost_on_comment', 20, 1 );
add_action( 'fingerpost_score', 'fingerpost_score', 10, 2 );
add_action( 'admin_init', 'fingerpost_register_settings' );
add_filter( 'manage_edit-comments_columns', 'fingerpost_add_column' );
add_action( 'manage_comments_custom_column', 'fingerpost_show_column', 10, 2 );

/** Return a setting: address, key, threshold or action ("flag" or "hold"). */
function fingerpost_setting( $name ) {
	$defaults = array(
		'address'   => 'http://127.0.0.1:8000',
		'key'       => '',
		'threshold' => 0.8,
		'action'    => 'flag',
	);
	$settings = get_option( 'fingerpost', array() );
	return is_array( $settings ) && isset( $settings[ $name ] ) ? $settings[ $name ] : $defaults[ $name ];
}

/** Score a comment that was just posted. */
function fingerpost_on_comment( $comment_id ) {
	fingerpost_score( (int) $comment_id, 1 );
}

/** Ask about a comment, keep what is answered, and hold the comment where that is chosen. */
function fingerpost_score( $comment_id, $try ) {
	$comment = get_comment( $comment_id );
	if ( ! $comment || ! in_array( $comment->comment_type, array( '', 'comment' ), true ) ) {
		return;
	}
	if ( in_array( $comment->comment_approved, array( 'spam', 'trash' ), true ) ) {
		return;
	}
	$answer = fingerpost_ask( fingerpost_request( $comment ) );
	if ( 'later' === $answer ) {
		if ( $try < FINGERPOST_TRIES ) {
			wp_schedule_single_event( time() + FINGERPOST_RETRY_S, 'fingerpost_score', array( $comment_id, $try + 1 ) );
		}
		return;
	}
	if ( ! is_array( $answer ) ) {
		return;
	}
	update_comment_meta( $comment_id, 'fingerpost', wp_slash( wp_json_encode( $answer ) ) );
	$is_high = $answer['score'] >= (float) fingerpost_setting( 'threshold' );
	if ( $is_high && 'hold' === fingerpost_setting( 'action' ) && '1' === (string) $comment->comment_approved ) {
		wp_set_comment_status( $comment_id, 'hold' );
	}
}

/** Return the request about a comment, in Perspective's form: with its article and its parent. */
function fingerpost_request( $comment ) {
	$post    = get_post( $comment->comment_post_ID );
	$parent  = $comment->comment_parent ? get_comment( $comment->comment_parent ) : null;
	$article = $post ? $post->post_title . "\n\n" . strip_shortcodes( $post->post_content ) : '';
	return array(
		'comment'             => array( 'text' => fingerpost_cut( fingerpost_plain( $comment->comment_content ), FINGERPOST_COMMENT_BYTES ) ),
		'context'             => array(
			'articleAndParentComment' => array(
				'article'       => array( 'text' => fingerpost_cut( fingerpost_plain( $article ), FINGERPOST_ARTICLE_BYTES ) ),
				'parentComment' => array( 'text' => $parent ? fingerpost_plain( $parent->comment_content ) : '' ),
			),
		),
		'requestedAttributes' => array( 'ACCUSATION' => new stdClass() ),
		'doNotStore'          => true,
	);
}

/** Return the beginning of a text, as many whole characters as that many bytes hold. */
function fingerpost_cut( $text, $bytes ) {
	return strlen( $text ) <= $bytes ? $text : wp_check_invalid_utf8( substr( $text, 0, $bytes ), true );
}

/** Return text without markup. */
function fingerpost_plain( $html ) {
	$spaced = preg_replace( '/<(?:p|br|li|div|h[1-6])\b[^>]*>/i', "\n", (string) $html );
	return html_entity_decode( wp_strip_all_tags( (string) $spaced ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
}

/**
 * Return the score with its reasons, "later" where Fingerpost cannot answer now, or null where it
 * will not: a comment in another language, or a key that is refused.
 */
function fingerpost_ask( $request ) {
	$url     = untrailingslashit( fingerpost_setting( 'address' ) ) . '/v1alpha1/comments:analyze';
	$headers = array( 'Content-Type' => 'application/json' );
	if ( '' !== fingerpost_setting( 'key' ) ) {
		$headers['X-API-KEY'] = fingerpost_setting( 'key' );
	}
	$answer = wp_remote_post(
		$url,
		array(
			'timeout'     => FINGERPOST_TIMEOUT_S,
			'redirection' => 0,
			'headers'     => $headers,
			'body'        => wp_json_encode( $request ),
		)
	);
	if ( is_wp_error( $answer ) ) {
		return 'later';
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	if ( 429 === $status || $status >= 500 ) {
		return 'later';
	}
	$body   = json_decode( wp_remote_retrieve_body( $answer ), true );
	$scored = isset( $body['attributeScores']['ACCUSATION'] ) ? $body['attributeScores']['ACCUSATION'] : null;
	if ( 200 !== $status || ! isset( $scored['summaryScore']['value'] ) ) {
		return null;
	}
	$reasons = isset( $scored['reasons'] ) && is_array( $scored['reasons'] ) ? $scored['reasons'] : array();
	return array(
		'score'   => (float) $scored['summaryScore']['value'],
		'reasons' => array_map( 'fingerpost_reason', array_slice( $reasons, 0, FINGERPOST_SHOWN ) ),
	);
}

/** Return what is kept of a reason. */
function fingerpost_reason( $reason ) {
	$kept = array();
	foreach ( array( 'actor', 'role', 'text' ) as $name ) {
		$kept[ $name ] = isset( $reason[ $name ] ) && is_string( $reason[ $name ] ) ? $reason[ $name ] : '';
	}
	return $kept;
}

/** Add a column to the list of comments. */
function fingerpost_add_column( $columns ) {
	$columns['fingerpost'] = 'Fingerpost';
	return $columns;
}

/** Show a comment's score and reasons; all of it is somebody's words, and escaped. */
function fingerpost_show_column( $column, $comment_id ) {
	if ( 'fingerpost' !== $column ) {
		return;
	}
	$kept = json_decode( (string) get_comment_meta( $comment_id, 'fingerpost', true ), true );
	if ( ! isset( $kept['score'] ) ) {
		echo '&#8212;';
		return;
	}
	printf( '<strong>%s</strong>', esc_html( number_format( (float) $kept['score'], 2 ) ) );
	foreach ( $kept['reasons'] as $reason ) {
		printf(
			'<br>%s%s: <q>%s</q>',
			esc_html( $reason['actor'] ),
			'' === $reason['role'] ? '' : esc_html( " ({$reason['role']})" ),
			esc_html( $reason['text'] )
		);
	}
}

/** Put the settings below those of discussions. */
function fingerpost_register_settings() {
	register_setting( 'discussion', 'fingerpost', array( 'sanitize_callback' => 'fingerpost_clean' ) );
	add_settings_section( 'fingerpost', 'Fingerpost', '__return_false', 'discussion' );
	$fields = array(
		'address'   => 'Address of your Fingerpost',
		'key'       => 'API key with the scope "moderate"; empty where none is needed',
		'threshold' => 'Probability of an accusation from which a comment counts',
		'action'    => 'What happens then: flag (only shown) or hold (waits for you)',
	);
	foreach ( $fields as $name => $title ) {
		add_settings_field( "fingerpost_$name", $title, 'fingerpost_show_field', 'discussion', 'fingerpost', array( 'name' => $name ) );
	}
}

/** Show one setting. */
function fingerpost_show_field( $field ) {
	printf(
		'<input type="%s" name="fingerpost[%s]" value="%s" class="regular-text" autocomplete="off">',
		'key' === $field['name'] ? 'password' : 'text',
		esc_attr( $field['name'] ),
		esc_attr( fingerpost_setting( $field['name'] ) )
	);
}

/** Return settings that can be, whatever was sent. */
function fingerpost_clean( $given ) {
	$given = is_array( $given ) ? $given : array();
	$text  = static function ( $name ) use ( $given ) {
		return isset( $given[ $name ] ) && is_scalar( $given[ $name ] ) ? trim( (string) $given[ $name ] ) : '';
	};
	$address = esc_url_raw( $text( 'address' ), array( 'http', 'https' ) );
	return array(
		'address'   => '' === $address ? 'http://127.0.0.1:8000' : $address,
		'key'       => sanitize_text_field( $text( 'key' ) ),
		'threshold' => is_numeric( $text( 'threshold' ) ) ? min( 1, max( 0, (float) $text( 'threshold' ) ) ) : 0.8,
		'action'    => 'hold' === $text( 'action' ) ? 'hold' : 'flag',
	);
}
