-- A database for each service that has one; run once, when the volume is new.
CREATE DATABASE telephony;
CREATE DATABASE sms;
CREATE DATABASE tools;
CREATE DATABASE context;
