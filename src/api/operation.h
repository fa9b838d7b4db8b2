// How an operation is offered: declared once, carried over HTTP and into the OpenAPI document by web/, and
// onto the command line by app/.
//
//   catalogue.add(api::operation<ImportRequest, ImportReport>(
//       "registry.import", {"住民の一括登録", "Import the resident registry"}, Permission::import_registry,
//       [this](api::Call& call, const ImportRequest& request) { return import(call, request); })
//       .taking_file().long_running());
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/call.h"
#include "base/json_text.h"

namespace sonae::api {

// The input or output of an operation that has none.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

struct Operation {
  std::string name;  // "<concern>.<verb>"; stable
  Phrase summary;    // a short title for buttons and documents
  Permission permission = Permission::signed_in;
  bool writes = false;  // records more than looks: POST over HTTP; else GET with the input's members as query
  bool takes_file = false;      // Call::file is set
  bool gives_file = false;      // writes to Call::output; the JSON answer says file_name and content_type
  bool runs_long = false;       // carried as a job with progress
  bool may_ask_openly = false;  // input has no personal data: GET; otherwise POST even where it only reads
  json::value input_schema;
  json::value output_schema;
  std::function<Result<std::string>(Call&, const json::value& input)> run;  // the answer as JSON text

  Operation writing() && { return writes = true, std::move(*this); }
  Operation taking_file() && { return takes_file = writes = true, std::move(*this); }
  Operation giving_file() && { return gives_file = true, std::move(*this); }
  Operation long_running() && { return runs_long = true, std::move(*this); }
  Operation openly() && { return may_ask_openly = true, std::move(*this); }
};

// What an operation that gives a file answers beside it.
struct FileAnswer {
  std::string file_name;
  std::string content_type;
  std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(FileAnswer, (), (file_name, content_type, rows))

template <class Input, class Output, class Run>
Operation operation(std::string name, Phrase summary, Permission permission, Run run) {
  static_assert(std::is_invocable_r_v<Result<Output>, Run, Call&, const Input&>);
  Operation made;
  made.name = std::move(name);
  made.summary = std::move(summary);
  made.permission = permission;
  made.input_schema = json_schema<Input>();
  made.output_schema = json_schema<Output>();
  made.run = [run = std::move(run)](Call& call, const json::value& input) -> Result<std::string> {
    const Input request = TRY(from_json<Input>(input));
    const Output answer = TRY(run(call, request));
    return to_json_text(answer);
  };
  return made;
}

// All operations of a town. Filled once, then read by any thread.
class Catalogue {
 public:
  void add(Operation operation);  // a second one of the same name is a defect: throws std::logic_error
  const Operation* find(std::string_view name) const;
  const std::vector<Operation>& all() const { return operations_; }

  // What is asked before an operation runs, after its permission: a town that is being restored refuses what
  // it cannot answer yet. Set before anything runs.
  using Guard = std::function<Status(const Operation&)>;
  void guard(Guard guard) { guard_ = std::move(guard); }

  // Checks the permission, runs, and turns what is thrown (store::StoreError, std::bad_alloc, a defect) into
  // an Error: the one place where that happens.
  Result<json::value> invoke(std::string_view name, Call& call, const json::value& input) const;
  // The same; the answer as the JSON text that is carried.
  Result<std::string> invoke_for_text(std::string_view name, Call& call, const json::value& input) const;

 private:
  std::vector<Operation> operations_;
  Guard guard_;
};

}  // namespace sonae::api
