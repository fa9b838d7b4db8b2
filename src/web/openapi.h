// The OpenAPI 3.0 document of the API, made from the catalogue.
#pragma once

#include "api/operation.h"

namespace sonae::web {

json::value openapi_document(const api::Catalogue& catalogue, std::string_view town_name, Language language);

}  // namespace sonae::web
