#include "api/operation.h"

#include <new>
#include <stdexcept>

#include "store/store.h"

namespace sonae::api {

void Catalogue::add(Operation operation) {
  if (find(operation.name) != nullptr) throw std::logic_error("operation declared twice: " + operation.name);
  operations_.push_back(std::move(operation));
}

const Operation* Catalogue::find(std::string_view name) const {
  for (const Operation& one : operations_)
    if (one.name == name) return &one;
  return nullptr;
}

Result<json::value> Catalogue::invoke(std::string_view name, Call& call, const json::value& input) const {
  return parse_json(TRY(invoke_for_text(name, call, input)));
}

Result<std::string> Catalogue::invoke_for_text(std::string_view name, Call& call,
                                               const json::value& input) const {
  const Operation* const operation = find(name);
  if (operation == nullptr)
    return fail(ErrorCode::not_found, {"そのような操作はありません", "There is no such operation"},
                std::string(name));
  if (!call.actor.permissions.has(operation->permission)) {
    if (call.actor.person.is_none()) return fail(ErrorCode::unauthenticated, {}, std::string(name));
    return fail(ErrorCode::forbidden, {}, std::string(name),
                {"管理者に権限を依頼してください", "Ask an administrator for the permission"});
  }
  if (guard_) TRY(guard_(*operation));
  if (operation->takes_file && !call.file)
    return fail(ErrorCode::invalid_input, {"ファイルが必要です", "A file is needed"}, std::string(name));
  try {
    return operation->run(call, input);
  } catch (const store::StoreError& failure) {
    return std::unexpected(failure.error());
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::too_large, {"メモリが足りません", "There is not enough memory"},
                std::string(name));
  } catch (const std::exception& defect) {
    // The text of an exception may quote what it failed on, and that may be about a person: it is not passed
    // on.
    return fail(ErrorCode::internal, {}, std::string(name));
  }
}

}  // namespace sonae::api
