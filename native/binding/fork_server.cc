#include "../engine/fork_server.h"

#include "common.h"

namespace leanfuzz::binding {

// serveForks(region): number. See ForkServer::serve: an executor's index in a child, -1 when the campaign is over.
Napi::Value serve_forks(const Napi::CallbackInfo& info) {
  const int result = ForkServer(region_of(info)->region()).serve();
  if (result < ForkServer::kCampaignOver) throw system_error(info.Env(), "making the process forkable", -(result + 1));
  return Napi::Number::New(info.Env(), result);
}

}  // namespace leanfuzz::binding
