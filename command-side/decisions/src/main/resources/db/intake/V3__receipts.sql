-- The signed receipts that an answer carried: sent again under its key, a request gets the same ones.
ALTER TABLE intake.answered ADD COLUMN receipts text[] NOT NULL DEFAULT '{}';
