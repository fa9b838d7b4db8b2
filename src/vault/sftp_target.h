// A folder on another machine as a target, through OpenSSH's program sftp: keys, known hosts and jumps are as
// the operating system's user has them configured (~/.ssh/config), and no password is ever asked for.
#pragma once

#include "vault/target.h"

namespace sonae::vault {

// "sftp://[user@]host[:port]/path"; the path is absolute, "/./path" is below the home directory.
Result<std::unique_ptr<Target>> open_sftp_target(Env& env, const std::string& where);

}  // namespace sonae::vault
