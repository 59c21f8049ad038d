# A stranger's project: the shared library in C, the archive in C++.
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES C CXX)
find_package(huzhu 0.1 REQUIRED)
add_executable(with_shared consumer.c)
target_link_libraries(with_shared PRIVATE huzhu::huzhu)
add_executable(with_static consumer.cpp)
target_link_libraries(with_static PRIVATE huzhu::huzhu_static)
