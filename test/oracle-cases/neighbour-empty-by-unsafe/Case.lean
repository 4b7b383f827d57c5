unsafe def impossible : Empty := impossible
