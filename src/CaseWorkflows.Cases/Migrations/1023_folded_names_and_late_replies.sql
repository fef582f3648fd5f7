-- User names are unique as people compare them (ADMIN beside admin is refused), so signing in finds them so.
CREATE INDEX account_folded ON account (reference_fold(user_name));

-- Reviews list the open cases and, of the closed ones, those where the resident has written afterwards.
CREATE INDEX cases_late_reply ON cases (unit) WHERE closed_at IS NOT NULL AND 'Nytt svar från invånaren' = ANY (flags);
