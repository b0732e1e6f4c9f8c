/* SPDX-License-Identifier: LGPL-2.1-or-later */
static int
add(int a,
    int b,
    int c,
    int d,
    int e,
    int f,
    int g)
{
  return a + b + c + d + e + f + g;
}
