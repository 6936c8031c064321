"""The checks that students get too."""
