<?php
// install.php FINGERPOST_URL ACTION: installs WordPress with one post and the plugin switched on.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST'] = getenv( 'WORDPRESS_HOST' );
require getenv( 'WORDPRESS_FOLDER' ) . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'A test', 'admin', 'admin@example.org', false, '', 'a password' );
update_option( 'active_plugins', array( 'fingerpost/fingerpost.php' ) );
update_option( 'fingerpost', array( 'address' => $argv[1], 'action' => $argv[2], 'threshold' => 0.8 ) );
foreach ( array( 'require_name_email', 'comment_moderation', 'comment_previously_approved', 'comments_notify', 'moderation_notify' ) as $name ) {
	update_option( $name, 0 );
}
$post = wp_insert_post(
	array(
		'post_title'     => 'Fire at the bus depot',
		'post_content'   => '<p>Eleven buses burned at the depot.</p>',
		'post_status'    => 'publish',
		'comment_status' => 'open',
	)
);
echo json_encode( $post );
