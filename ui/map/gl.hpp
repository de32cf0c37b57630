// OpenGL as all builds have it: the common part of GL 3.3 and ES 3.0, through SDL's own header.
#pragma once

#define GL_GLEXT_PROTOTYPES
#include <SDL_opengl.h>
