// What must stand when no record overwrites another, counted from the entries of the logs alone; and what the
// views' tables say of the same. A fold that let the later of two answers win would be the same on every node
// and after every rebuild: only this comparison finds it.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace sonae::sim {

// One line for each fact that answers a question and that nothing supersedes ("matching.decided entry:abc
// def"), sorted.
std::vector<std::string> standing_by_entries(store::Connection& connection);
std::vector<std::string> standing_by_views(store::Connection& connection);

// How many questions have more than one answer that stands: contradictions made apart.
std::size_t several_answers(const std::vector<std::string>& standing);

// Where a table holds one row for each answer that stands.
struct AnswersTable {
  const char* kind;     // of fact
  const char* subject;  // kind of subject
  const char* table;
  const char* column;  // the subject's id
  bool bytes;          // which is an id of ours, not a name
};
const std::vector<AnswersTable>& answers_tables();

}  // namespace sonae::sim
