// A sample of what a snapshot of restic holds, with digests, as it is noted beside the snapshot.
#pragma once

#include <boost/describe.hpp>

#include "base/json.h"
#include "vault/restic_call.h"

namespace sonae::vault {

struct SampledFile {
  std::string path;  // in the snapshot
  std::uint64_t bytes = 0;
  Hash digest;  // SHA-256
};
BOOST_DESCRIBE_STRUCT(SampledFile, (), (path, bytes, digest))

struct Sample {
  std::string format = "sonae sample 1";
  std::string snapshot;
  std::vector<SampledFile> files;
};
BOOST_DESCRIBE_STRUCT(Sample, (), (format, snapshot, files))

inline constexpr std::string_view kSampleFile = "sonae-sample.json";

// Of a snapshot of files: some drawn at random, those that are on the disk as the snapshot has them (size and
// time).
Result<Sample> draw_sample(Env& env, Restic& restic, const std::string& snapshot);
Status note_sample(Restic& restic, const Sample& sample);

// The SHA-256 of a whole file, read in pieces.
Result<Hash> digest_of_file(Env& env, const std::string& path);

}  // namespace sonae::vault
