"""Rules as values: read from YAML with line numbers, checked, chosen by cohort, said in English."""
