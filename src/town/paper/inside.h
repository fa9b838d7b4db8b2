// What the parts of paper share.
#pragma once

#include "town/paper/paper.h"

namespace sonae::paper {

// A row of the view: the form, the blob of its picture, and under which grants it was photographed and
// settled.
struct FormRow {
  Form form;
  Hash picture;
  GrantId photographed_under;
  std::optional<GrantId> settled_under;
};
BOOST_DESCRIBE_STRUCT(FormRow, (), (form, picture, photographed_under, settled_under))

std::optional<FormRow> find_form(store::Connection& connection, const FormId& id);
std::vector<FormRow> forms_in(store::Connection& connection, const FormsRequest& request);
bool run_is_taken(store::Connection& connection, const std::string& run);

inline bool is_open(State state) {
  return state == State::waiting || state == State::question;
}
inline journal::Subject subject_of(const FormId& id) {
  return {"form", id.text()};
}

}  // namespace sonae::paper
