// What the C library has and Swift's Glibc module leaves out.
#include <malloc.h>
#include <sys/timex.h>
