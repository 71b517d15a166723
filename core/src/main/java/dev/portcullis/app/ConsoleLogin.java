package dev.portcullis.app;

import dev.portcullis.console.Console;
import dev.portcullis.identity.ConsoleUsers;

/** Local users at the console's door. */
final class ConsoleLogin implements Console.Login {
  private final ConsoleUsers users;

  ConsoleLogin(ConsoleUsers users) {
    this.users = users;
  }

  @Override
  public Result attempt(String name, char[] password, String source) {
    return switch (users.verify(name, password, source)) {
      case ConsoleUsers.Login.Welcome welcome -> Result.WELCOME;
      case ConsoleUsers.Login.Refused refused -> Result.WRONG;
      case ConsoleUsers.Login.TryLater later -> Result.WAIT;
    };
  }
}
