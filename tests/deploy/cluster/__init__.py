"""What is proven of the Kubernetes manifests, on a real API server and a real kubelet."""
