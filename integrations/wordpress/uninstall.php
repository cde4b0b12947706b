<?php
/**
 * Removes what the plugin kept: its settings, and each comment's score.
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'fingerpost' );
delete_metadata( 'comment', 0, 'fingerpost', '', true );
wp_unschedule_hook( 'fingerpost_score' );
