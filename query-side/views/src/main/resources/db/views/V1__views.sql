create schema if not exists views;
