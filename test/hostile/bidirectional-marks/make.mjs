/** The text of the case. */
export default () => '/- \u202e\u2066 -/ def a : String := "\u202e eslaF \u2069"';
