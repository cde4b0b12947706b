<?php
// comments.php: writes every comment of a WordPress with its state and what the plugin kept.
$_SERVER['HTTP_HOST'] = getenv( 'WORDPRESS_HOST' );
require getenv( 'WORDPRESS_FOLDER' ) . '/wp-load.php';
$found = array();
foreach ( get_comments( array( 'orderby' => 'comment_ID', 'order' => 'ASC', 'status' => 'any' ) ) as $comment ) {
	$found[] = array(
		'id'       => (int) $comment->comment_ID,
		'text'     => $comment->comment_content,
		'approved' => $comment->comment_approved,
		'kept'     => json_decode( get_comment_meta( $comment->comment_ID, 'fingerpost', true ), true ),
	);
}
echo json_encode( array( 'comments' => $found, 'waiting' => (bool) wp_next_scheduled( 'fingerpost_score', array( end( $found )['id'], 2 ) ) ) );
