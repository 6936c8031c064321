"""What the grader and the student's machine share; the build copies this folder to exercises/kit/.

Standard library, numpy and pytest only, and nothing in here may give an answer away.
"""
