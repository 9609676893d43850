#include "cfootage.h"
