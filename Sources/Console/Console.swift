/// The web pages under `/_hakoniwa/console`.
public enum Console {}
