// The table of responsibilities as people and spreadsheets read it.
#pragma once

#include <string>

#include "kasundo/responsibilities/v1/responsibilities.pb.h"
#include "services/cli/view.h"

namespace kasundo::cli {

// One line per row, then the findings.
std::string MatrixText(const responsibilities::v1::ResponsibilityMatrix& matrix,
                       const ViewOptions& options);

// The findings alone.
std::string FindingsText(const responsibilities::v1::ResponsibilityMatrix& matrix,
                         const ViewOptions& options);

// One line per row, with a header; full names, people in brackets behind their offices.
std::string MatrixCsv(const responsibilities::v1::ResponsibilityMatrix& matrix);

// One line per finding, with a header.
std::string FindingsCsv(const responsibilities::v1::ResponsibilityMatrix& matrix);

}  // namespace kasundo::cli
