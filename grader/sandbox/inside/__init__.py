"""What runs inside the seal: pid 1, the worker and the fitness client; standard library, numpy, gymnasium."""
