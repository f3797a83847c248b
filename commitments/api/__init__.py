"""What machines read: JSON at /api/v1/, and the page that documents it. GET, HEAD and OPTIONS alone."""
