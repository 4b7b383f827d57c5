namespace Source
inductive False : Prop where | intro
end Source
namespace Target
export Source (False)
theorem _root_.soundness_check : False := .intro
end Target
