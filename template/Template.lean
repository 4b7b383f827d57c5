import Template.Basic
