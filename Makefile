# Luneta. `make run` does the main job, `make test` passes everything; both install what is missing.

SWIFT ?= swift
ARGS ?=
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

BUILD_PACKAGES := pkg-config liblua5.4-dev libcamera-dev libavcodec-dev libavformat-dev libavutil-dev libswscale-dev libsystemd-dev \
  libturbojpeg0-dev libexif-dev libsqlite3-dev
TEST_PACKAGES := $(BUILD_PACKAGES) ffmpeg curl openssl systemd-journal-remote python3 python3-venv python3-yaml python3-jsonschema \
  python3-gi gir1.2-gst-rtsp-server-1.0 gir1.2-gst-plugins-base-1.0 \
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad chromium chromium-driver
BENCH_PACKAGES := $(TEST_PACKAGES) wrk valgrind binutils

# Installs those of the packages that are not there; says which.
define install
	@missing=""; for p in $(1); do dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing:$$missing"; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo "there is no '$(SWIFT)' in PATH; install Swift 6.2 or later (swift.org/install)" >&2; exit 69; }
endef

.PHONY: run build test test-rigs check fuzz bench docs format sanitize clean

run: build
	exec .build/release/luneta run $(ARGS)

build:
	$(call install,$(BUILD_PACKAGES))
	$(SWIFT) build -c release --product luneta

test:
	$(call install,$(TEST_PACKAGES))
	scripts/check

# What takes a camera: libcamera's virtual pipeline, and the kernel's virtual camera in user-mode Linux. What is built for it is kept in
# ~/.cache/luneta-rigs (LUNETA_RIGS).
test-rigs:
	$(call install,$(TEST_PACKAGES))
	scripts/test-rigs

# Address and thread sanitizers: two builds of their own.
sanitize:
	$(call install,$(TEST_PACKAGES))
	scripts/sanitize

# Ten minutes of texts that nobody would write, against everything that reads scripts; `make test` takes some seconds of it.
fuzz:
	$(call install,$(TEST_PACKAGES))
	LUNETA_FUZZ_SECONDS=$${LUNETA_FUZZ_SECONDS:-200} $(SWIFT) test --filter FuzzTests

bench:
	$(call install,$(BENCH_PACKAGES))
	$(SWIFT) build -c release
	Benchmarks/run

docs:
	$(SWIFT) run luneta docs

format:
	$(SWIFT) format format --in-place --recursive Sources Tests Benchmarks Package.swift

clean:
	$(SWIFT) package clean
