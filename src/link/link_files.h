// Links any two CSV files, or one with itself: `sonae link A.csv B.csv --spec SPEC.toml --out PAIRS.csv` and
// `sonae link A.csv --spec SPEC.toml --dedupe --out PAIRS.csv`.
#pragma once

#include <string>

#include "base/env.h"
#include "base/progress.h"
#include "link/list_reader.h"

namespace sonae::link {

struct LinkFilesOptions {
  std::string left;   // path
  std::string right;  // path; empty: the left file is searched for duplicates
  std::string spec;   // path
  std::string out;    // path: left_id, right_id, probability, fields
  double least_probability = 0.5;
  unsigned threads = 2;
};

struct LinkFilesReport {
  std::size_t left_records = 0;
  std::size_t right_records = 0;
  std::size_t compared = 0;  // pairs
  std::size_t pairs = 0;     // written
  std::vector<BadLine> bad_lines;
  double load_seconds = 0, index_seconds = 0, learn_seconds = 0, write_seconds = 0;
};

Result<LinkFilesReport> link_files(Env& env, const LinkFilesOptions& options,
                                   Progress& progress = no_progress());

}  // namespace sonae::link
