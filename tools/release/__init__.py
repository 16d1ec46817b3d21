"""Packages to deploy, their deployment, and what they are made of."""
