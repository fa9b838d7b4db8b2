// A produced file until it has been sent: small ones in memory, larger ones in the town's directory (which
// lies on the encrypted disk), gone with the last one who holds it.
#pragma once

#include <memory>
#include <string>

#include "api/call.h"
#include "base/env.h"
#include "web/message.h"

namespace sonae::web {

class Spool : public api::OutputFile, public std::enable_shared_from_this<Spool> {
 public:
  Spool(Env& env, std::string directory) : env_(env), directory_(std::move(directory)) {}
  ~Spool() override;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  Status write(BytesView bytes) override;
  std::uint64_t length() const { return length_; }
  // The content from its beginning, any number of times, after the last write.
  Result<std::unique_ptr<BodySource>> open();

  // Removes what a server that was killed has left behind.
  static Status clear(Env& env, const std::string& directory);

 private:
  Env& env_;
  const std::string directory_;
  std::string path_;  // empty while it is in memory
  Bytes memory_;
  std::unique_ptr<File> file_;
  std::uint64_t length_ = 0;
};

}  // namespace sonae::web
