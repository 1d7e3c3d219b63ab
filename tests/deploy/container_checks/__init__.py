"""What is proven of the container images, built and running."""
