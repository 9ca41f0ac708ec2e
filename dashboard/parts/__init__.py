"""What the pages share: loading, caching and the frame around each page."""
