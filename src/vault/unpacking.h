// Reads a backup's objects one after another on a thread of its own: from the target, decrypted, unpacked,
// hashed, each stretch of a log made ready for the writer, which writes meanwhile.
#pragma once

#include <thread>

#include "base/bounded_queue.h"
#include "journal/journal.h"
#include "journal/ready_range.h"
#include "vault/object_reader.h"

namespace sonae::vault {

// The content of a compressed member; corrupt where it is damaged.
Result<Bytes> unpacked(BytesView frame);

// What comes out of an object, in order.
struct Unpacked {
  std::optional<journal::ReadyRange> range;  // a stretch of a log, with the blobs before it
  Status status;  // why something of the object could not be read: what is whole comes all the same
  bool of_this_machine = false;  // the status: it says nothing of the object
  bool opened = false;           // the object was found and this key opens it; said first
  std::size_t bytes = 0;         // of the object, with opened
  bool ended = false;            // nothing more of this object; said last, in any case
  bool digest_wrong = false;     // with ended: the object is not what the manifest says
};

// One thread takes. The target is left alone by others until it is destroyed.
class Unpacking {
 public:
  // All outlive it.
  Unpacking(Target& target, const AgeIdentity& identity, const journal::Journal& journal,
            std::vector<ObjectEntry> objects);
  ~Unpacking();  // what was not taken is dropped
  Unpacking(const Unpacking&) = delete;
  Unpacking& operator=(const Unpacking&) = delete;

  // Only as long as an object has not ended. What is thrown on the other thread comes as the object's status.
  Unpacked next();

 private:
  void run();
  bool unpack_or_tell(const ObjectEntry& object);
  bool unpack(const ObjectEntry& object);
  Result<std::optional<journal::ReadyRange>> unpack(const sync::TarReader::Member& member,
                                                    std::vector<journal::PreparedBlob>& blobs) const;

  Target& target_;
  const AgeIdentity& identity_;
  const journal::Journal& journal_;
  const std::vector<ObjectEntry> objects_;
  BoundedQueue<Unpacked> queue_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace sonae::vault
