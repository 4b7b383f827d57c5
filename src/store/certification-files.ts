/** The folder of a finding that holds what other checkers take, and what they said. */
export const certificationFolder = 'certification';
export const answersFile = 'answers.json';
