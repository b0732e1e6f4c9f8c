/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
dig(int a)
{
  if (a > 0) {
    for (int i = 0; i < a; i++) {
      while (a > i) {
        if (i == 3) {
          a--;
        }
      }
    }
  }
}
