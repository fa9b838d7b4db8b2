// Lines that a snapshot could not take, as a blob: JSON lines, the first naming the layout. They come out as
// a file of the same form, to be mended and imported again, and as a table of what is wrong.
#pragma once

#include <string>
#include <vector>

#include "town/registry/file_reader.h"
#include "town/registry/reports.h"

namespace sonae::registry {

Bytes write_set_aside(std::string_view layout, const std::vector<RefusedLine>& lines);
Result<std::vector<RefusedLine>> read_set_aside(BytesView blob);

// The lines with the file's header, in the file's own encoding.
Bytes set_aside_file(const FileForm& form, const std::vector<RefusedLine>& lines);
// CSV for a spreadsheet: line, item, problem, what to do.
Bytes set_aside_report(const std::vector<RefusedLine>& lines, Language language);

LineProblem line_problem(std::uint64_t line, const Problem& problem, Language language);

}  // namespace sonae::registry
