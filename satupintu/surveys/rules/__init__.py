"""What questionnaires are, what their answers mean, and how they travel as tables. Pure."""
