// Fixed virtual lanes: hot loops are written once over 16 floats or 8 doubles, whatever the width
// of the hardware, and reduced in a fixed order. One source gives AVX-512, AVX2, SSE2, wasm SIMD
// and scalar code with the same bits, since lanes know only + - * / and integer operations.
//
// A kernel is an always-inline body over a template parameter S (the instruction set), and a line
// that makes a function of it that runs the widest version which the processor has:
//
//   template <class S>
//   FOOTFALL_INLINE void halve_body(const float* in, float* out, std::size_t n) {
//     using F = typename S::f32;  // 16 floats
//     std::size_t i = 0;
//     for (; i + F::size <= n; i += F::size) (F::load(in + i) * 0.5f).store(out + i);
//     if (i < n) (F::load_some(in + i, n - i) * 0.5f).store_some(out + i, n - i);
//   }
//   FOOTFALL_KERNEL(void, halve, (const float* in, float* out, std::size_t n), (in, out, n))
//
// This defines `void halve(const float* in, float* out, std::size_t n)`. In bodies, and in helpers
// that take lanes: FOOTFALL_INLINE, no lambdas, lanes by const reference (by value they would have
// another calling convention in each version) and never as members of a struct (it would live in
// memory), nothing that throws. Data stays in plain columns. Kernels belong in .cpp files, since
// each is compiled three times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#define FOOTFALL_INLINE [[gnu::always_inline]] inline

#if defined(__GNUC__) && !defined(__clang__)
// About functions that are not inlined; lanes only pass between functions that are.
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

namespace footfall {

enum class SimdLevel : std::uint8_t {
  baseline,  ///< what the build assumes everywhere (x86-64: SSE2; wasm: as compiled)
  avx2,      ///< x86-64-v3, without FMA
  avx512     ///< x86-64-v4
};

/// The level in use: the widest that processor and build have, unless set lower.
SimdLevel simd_level();

/// Forces a level, for tests and benchmarks; returns false and changes nothing where it is not
/// available.
bool set_simd_level(SimdLevel level);

std::string_view name_of(SimdLevel level);

namespace simd {

/// The signed integer type of the same size: comparisons give it, all bits set where they hold.
template <class T>
using Bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

/// One register, or two halves where the lanes do not fit into a register of W bytes.
template <class T, int N, int W, bool in_halves>
struct LanesData;

template <class T, int N, int W>
struct Lanes;

template <class T, int N, int W>
struct LanesData<T, N, W, false> {
  typedef T Register __attribute__((vector_size(N * sizeof(T))));
  Register v;
};

template <class T, int N, int W>
struct LanesData<T, N, W, true> {
  Lanes<T, N / 2, W> lo, hi;
};

/// N lanes of T (float, double, std::int32_t, std::int64_t) for a machine with registers of W
/// bytes. A plain T is taken as the same value in all lanes. Shifts to the right fill with the
/// sign.
template <class T, int N, int W>
struct Lanes : LanesData<T, N, W, (N * sizeof(T) > W)> {
  using Value = T;
  using Mask = Lanes<Bits<T>, N, W>;
  static constexpr std::size_t size = N;
  static constexpr bool in_halves = N * sizeof(T) > W;
  using Data = LanesData<T, N, W, in_halves>;

  Lanes() = default;
  FOOTFALL_INLINE explicit Lanes(const Data& data) : Data(data) {}
  FOOTFALL_INLINE Lanes(T value) : Data(all(value)) {}

  /// From N values in memory, of any alignment.
  FOOTFALL_INLINE static Lanes load(const T* from) {
    Lanes out;
    if constexpr (in_halves) {
      out.lo = decltype(out.lo)::load(from);
      out.hi = decltype(out.hi)::load(from + N / 2);
    } else {
      std::memcpy(&out.v, from, sizeof out.v);
    }
    return out;
  }
  FOOTFALL_INLINE void store(T* to) const {
    if constexpr (in_halves) {
      this->lo.store(to);
      this->hi.store(to + N / 2);
    } else {
      std::memcpy(to, &this->v, sizeof this->v);
    }
  }

  /// The last lanes of a column: `count` < N values, `fill` in the other lanes.
  FOOTFALL_INLINE static Lanes load_some(const T* from, std::size_t count, T fill = T{}) {
    T values[N];
    for (std::size_t i = 0; i < N; ++i) values[i] = i < count ? from[i] : fill;
    return load(values);
  }
  FOOTFALL_INLINE void store_some(T* to, std::size_t count) const {
    T values[N];
    store(values);
    for (std::size_t i = 0; i < count; ++i) to[i] = values[i];
  }

#define FOOTFALL_LANES_OPERATOR(Out, op)                                   \
  FOOTFALL_INLINE friend Out operator op(const Lanes& a, const Lanes& b) { \
    if constexpr (in_halves) {                                             \
      return Out(typename Out::Data{a.lo op b.lo, a.hi op b.hi});          \
    } else {                                                               \
      return Out(typename Out::Data{a.v op b.v});                          \
    }                                                                      \
  }
  FOOTFALL_LANES_OPERATOR(Lanes, +)
  FOOTFALL_LANES_OPERATOR(Lanes, -)
  FOOTFALL_LANES_OPERATOR(Lanes, *)
  FOOTFALL_LANES_OPERATOR(Lanes, /)
  FOOTFALL_LANES_OPERATOR(Lanes, &)
  FOOTFALL_LANES_OPERATOR(Lanes, |)
  FOOTFALL_LANES_OPERATOR(Lanes, ^)
  FOOTFALL_LANES_OPERATOR(Mask, <)
  FOOTFALL_LANES_OPERATOR(Mask, <=)
  FOOTFALL_LANES_OPERATOR(Mask, >)
  FOOTFALL_LANES_OPERATOR(Mask, >=)
  FOOTFALL_LANES_OPERATOR(Mask, ==)
  FOOTFALL_LANES_OPERATOR(Mask, !=)
#undef FOOTFALL_LANES_OPERATOR

#define FOOTFALL_LANES_SHIFT(op)                                         \
  FOOTFALL_INLINE friend Lanes operator op(const Lanes& a, int places) { \
    if constexpr (in_halves) {                                           \
      return Lanes(Data{a.lo op places, a.hi op places});                \
    } else {                                                             \
      return Lanes(Data{a.v op places});                                 \
    }                                                                    \
  }
  FOOTFALL_LANES_SHIFT(<<)
  FOOTFALL_LANES_SHIFT(>>)
#undef FOOTFALL_LANES_SHIFT

  FOOTFALL_INLINE friend Lanes operator-(const Lanes& a) {
    if constexpr (in_halves) {
      return Lanes(Data{-a.lo, -a.hi});
    } else {
      return Lanes(Data{-a.v});
    }
  }
  FOOTFALL_INLINE Lanes& operator+=(const Lanes& b) {
    return *this = *this + b;
  }
  FOOTFALL_INLINE Lanes& operator-=(const Lanes& b) {
    return *this = *this - b;
  }
  FOOTFALL_INLINE Lanes& operator*=(const Lanes& b) {
    return *this = *this * b;
  }

 private:
  FOOTFALL_INLINE static Data all(T value) {
    if constexpr (in_halves) {
      return Data{Lanes<T, N / 2, W>(value), Lanes<T, N / 2, W>(value)};
    } else {
      return Data{value - typename Data::Register{}};
    }
  }
};

/// In each lane a where the mask is set, else b.
template <class T, int N, int W>
FOOTFALL_INLINE Lanes<T, N, W> select(const Lanes<Bits<T>, N, W>& mask, const Lanes<T, N, W>& a,
                                      const Lanes<T, N, W>& b) {
  Lanes<T, N, W> out;
  if constexpr (Lanes<T, N, W>::in_halves) {
    out.lo = select(mask.lo, a.lo, b.lo);
    out.hi = select(mask.hi, a.hi, b.hi);
  } else {
    out.v = mask.v ? a.v : b.v;
  }
  return out;
}

/// The same bits as integers, and back: from_bits<F>(i).
template <class T, int N, int W>
FOOTFALL_INLINE Lanes<Bits<T>, N, W> bits(const Lanes<T, N, W>& a) {
  Lanes<Bits<T>, N, W> out;
  if constexpr (Lanes<T, N, W>::in_halves) {
    out.lo = bits(a.lo);
    out.hi = bits(a.hi);
  } else {
    out.v = reinterpret_cast<decltype(out.v)>(a.v);
  }
  return out;
}
template <class F>
requires(!std::is_arithmetic_v<F>) FOOTFALL_INLINE F from_bits(const typename F::Mask& a) {
  F out;
  if constexpr (F::in_halves) {
    out.lo = from_bits<decltype(out.lo)>(a.lo);
    out.hi = from_bits<decltype(out.hi)>(a.hi);
  } else {
    out.v = reinterpret_cast<decltype(out.v)>(a.v);
  }
  return out;
}

/// Shift to the right that fills with zeros.
template <class T, int N, int W>
FOOTFALL_INLINE Lanes<T, N, W> shifted_down(const Lanes<T, N, W>& a, int places) {
  Lanes<T, N, W> out;
  if constexpr (Lanes<T, N, W>::in_halves) {
    out.lo = shifted_down(a.lo, places);
    out.hi = shifted_down(a.hi, places);
  } else {
    typedef std::make_unsigned_t<T> Unsigned __attribute__((vector_size(N * sizeof(T))));
    out.v = reinterpret_cast<decltype(out.v)>(reinterpret_cast<Unsigned>(a.v) >> places);
  }
  return out;
}

/// Whole numbers to floating point and back (towards zero; the value must fit), 32 bits each.
template <int N, int W>
FOOTFALL_INLINE Lanes<float, N, W> to_float(const Lanes<std::int32_t, N, W>& a) {
  Lanes<float, N, W> out;
  if constexpr (Lanes<float, N, W>::in_halves) {
    out.lo = to_float(a.lo);
    out.hi = to_float(a.hi);
  } else {
    out.v = __builtin_convertvector(a.v, decltype(out.v));
  }
  return out;
}
template <int N, int W>
FOOTFALL_INLINE Lanes<std::int32_t, N, W> to_int(const Lanes<float, N, W>& a) {
  Lanes<std::int32_t, N, W> out;
  if constexpr (Lanes<float, N, W>::in_halves) {
    out.lo = to_int(a.lo);
    out.hi = to_int(a.hi);
  } else {
    out.v = __builtin_convertvector(a.v, decltype(out.v));
  }
  return out;
}

/// The lower or upper half of float lanes as doubles: 16 floats are 8 + 8 doubles.
template <bool upper, int N, int W>
FOOTFALL_INLINE Lanes<double, N / 2, W> widen(const Lanes<float, N, W>& a) {
  Lanes<double, N / 2, W> out;
  if constexpr (Lanes<float, N, W>::in_halves) {
    out.lo = widen<false>(upper ? a.hi : a.lo);
    out.hi = widen<true>(upper ? a.hi : a.lo);
  } else {
    typedef float Half __attribute__((vector_size(N / 2 * sizeof(float))));
    Half half;
    std::memcpy(&half, reinterpret_cast<const char*>(&a.v) + (upper ? sizeof half : 0),
                sizeof half);
    const auto wide =
        __builtin_convertvector(half, typename LanesData<double, N / 2, 64, false>::Register);
    std::memcpy(&out, &wide, sizeof wide);
  }
  return out;
}

/// table[index[i]] for the next N of 16-bit indexes.
template <class L>
FOOTFALL_INLINE L gather(const typename L::Value* table, const std::uint16_t* index) {
  typename L::Value values[L::size];
  for (std::size_t i = 0; i < L::size; ++i) values[i] = table[index[i]];
  return L::load(values);
}

/// Asks for the memory at an address that will be read soon. A hint: it changes no value, and the
/// address may lie behind the end of a column.
FOOTFALL_INLINE void prefetch(const void* address) {
  __builtin_prefetch(address);
}

/// Sum of the lanes by a fixed tree: lane i + lane i + N/2, and so on down to one.
template <class T, int N, int W>
FOOTFALL_INLINE T lane_sum(const Lanes<T, N, W>& a) {
  if constexpr (Lanes<T, N, W>::in_halves) {
    return lane_sum(a.lo + a.hi);
  } else {
    T values[N];
    a.store(values);
    for (int half = N / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) values[i] += values[i + half];
    }
    return values[0];
  }
}

// The same helpers on one value, so that a formula written once over F serves lanes and scalars.
template <class T>
FOOTFALL_INLINE T select(bool mask, T a, T b) {
  return mask ? a : b;
}
template <class T>
requires std::is_floating_point_v<T> FOOTFALL_INLINE Bits<T> bits(T a) {
  Bits<T> out;
  std::memcpy(&out, &a, sizeof out);
  return out;
}
template <class T>
requires std::is_floating_point_v<T> FOOTFALL_INLINE T from_bits(Bits<T> a) {
  T out;
  std::memcpy(&out, &a, sizeof out);
  return out;
}
template <class T>
requires std::is_integral_v<T> FOOTFALL_INLINE T shifted_down(T a, int places) {
  return static_cast<T>(static_cast<std::make_unsigned_t<T>>(a) >> places);
}
FOOTFALL_INLINE float to_float(std::int32_t a) {
  return static_cast<float>(a);
}

/// The types of a body's S. `width`: bytes of a register.
template <int width>
struct Registers {
  using f32 = Lanes<float, 16, width>;
  using i32 = Lanes<std::int32_t, 16, width>;
  using f64 = Lanes<double, 8, width>;
  using i64 = Lanes<std::int64_t, 8, width>;
};

}  // namespace simd

// FMA is left out where it can be, so that no compiler flag could contract a * b + c.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FOOTFALL_KERNEL(Result, name, parameters, arguments)                      \
  [[gnu::target(                                                                  \
      "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,bmi,bmi2,prefer-vector-width=" \
      "512")]] static Result name##_avx512 parameters {                           \
    return name##_body<footfall::simd::Registers<64>> arguments;                  \
  }                                                                               \
  [[gnu::target("avx2,bmi,bmi2")]] static Result name##_avx2 parameters {         \
    return name##_body<footfall::simd::Registers<32>> arguments;                  \
  }                                                                               \
  static Result name##_baseline parameters {                                      \
    return name##_body<footfall::simd::Registers<16>> arguments;                  \
  }                                                                               \
  Result name parameters {                                                        \
    switch (footfall::simd_level()) {                                             \
      case footfall::SimdLevel::avx512:                                           \
        return name##_avx512 arguments;                                           \
      case footfall::SimdLevel::avx2:                                             \
        return name##_avx2 arguments;                                             \
      default:                                                                    \
        return name##_baseline arguments;                                         \
    }                                                                             \
  }
#else
#define FOOTFALL_KERNEL(Result, name, parameters, arguments)     \
  Result name parameters {                                       \
    return name##_body<footfall::simd::Registers<16>> arguments; \
  }
#endif

}  // namespace footfall
