# SPDX-License-Identifier: Apache-2.0
"""The figures of the README's table, by topic. scripts/figures.py is the command."""
