"""The autograder: runs student code in a seal and judges it from outside."""
