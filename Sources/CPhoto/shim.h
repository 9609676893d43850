#pragma once
#include <libexif/exif-data.h>
#include <stdio.h>
#include <stdlib.h>
#include <turbojpeg.h>
