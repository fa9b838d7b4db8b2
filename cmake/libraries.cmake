# Every outside library, found once and given a short name: sonae_use_<name>.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(sonae_library name)
  add_library(sonae_use_${name} INTERFACE)
  target_link_libraries(sonae_use_${name} INTERFACE ${ARGN})
endfunction()

function(sonae_pkg name module)
  pkg_check_modules(PKG_${name} REQUIRED IMPORTED_TARGET ${module})
  sonae_library(${name} PkgConfig::PKG_${name})
endfunction()

find_package(tomlplusplus REQUIRED)
sonae_library(toml tomlplusplus::tomlplusplus)
sonae_pkg(sodium libsodium)
sonae_pkg(crypto libcrypto)
sonae_pkg(ssl libssl)
sonae_pkg(qrencode libqrencode)
sonae_pkg(sqlite sqlite3)
sonae_pkg(zstd libzstd)
sonae_pkg(zlib zlib)
sonae_pkg(expat expat)
sonae_pkg(icu icu-uc)
sonae_pkg(icu_i18n icu-i18n)

find_package(fmt REQUIRED)
sonae_library(fmt fmt::fmt)

find_package(Boost 1.81 REQUIRED COMPONENTS json url)
sonae_library(boost_json Boost::json)
sonae_library(boost_url Boost::url)
sonae_library(boost Boost::headers)

sonae_library(threads Threads::Threads)
sonae_library(geos geos_c)
sonae_library(rapidcheck rapidcheck)
sonae_library(benchmark benchmark)
