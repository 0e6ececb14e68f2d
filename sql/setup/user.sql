-- As an administrator of the server: one user, @user with @password.
EXECUTE IMMEDIATE CONCAT('CREATE USER IF NOT EXISTS ', QUOTE(@user), '@''%'' IDENTIFIED BY ', QUOTE(@password));
EXECUTE IMMEDIATE CONCAT('ALTER USER ', QUOTE(@user), '@''%'' IDENTIFIED BY ', QUOTE(@password));
