"""Help for people who write content: skeletons, explanations, schemas for editors."""
