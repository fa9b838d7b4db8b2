// A bucket of S3-compatible storage as a target, through libcurl, which signs (AWS signature v4). The key
// comes from the environment, as the storage's own tools take it: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
// AWS_REGION.
#pragma once

#include "vault/target.h"

namespace sonae::vault {

// "s3+https://host[:port]/bucket[/prefix]", or s3+http:// where the line is private. The bucket exists.
Result<std::unique_ptr<Target>> open_s3_target(const std::string& where);
bool is_s3(const std::string& where);

// The names of the keys in a listing (ListObjects, version 1), as they stand in it; and whether more follow.
// docs: Amazon S3 API reference, "ListObjects". Ours have no letters that XML would write otherwise.
struct S3Listing {
  std::vector<std::string> keys;
  bool truncated = false;
};
S3Listing read_s3_listing(std::string_view xml);

}  // namespace sonae::vault
