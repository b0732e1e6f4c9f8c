// SPDX-License-Identifier: LGPL-2.1-or-later
// A till that sells one coffee. Usage: host [CHANNEL [STATE_FOLDER]]

class Till : Object, Comptoir.Host {
  public string? state_dir;

  public uint get_api_version () {
    return Comptoir.API_VERSION;
  }

  public string dup_name () {
    return "Example till 1.0";
  }

  public string? dup_instance_id () {
    return "example-till-database";
  }

  public string? dup_state_dir () {
    return state_dir;
  }
}

async void sell (Comptoir.Channel channel, Till till) throws Error {
  yield channel.open_async (till, null);
  Variant[] lines = { Comptoir.sale_line_new ("coffee", "Coffee", "2", "2.50", "10") };
  Variant[] payments = { Comptoir.payment_new ("cash", "5.00") };
  var sale = Comptoir.sale_new ("1042", "2026-03-01T11:02:00Z", "5.00", Comptoir.rows_new (lines),
                                Comptoir.rows_new (payments));
  var answer = yield channel.submit_sale_async (sale, null);
  print ("%s\n", answer.lookup_value ("state", VariantType.STRING).get_string ());
  yield channel.close_async ();
}

int main (string[] args) {
  var loop = new MainLoop ();
  var till = new Till ();
  till.state_dir = args.length > 2 ? args[2] : null;
  try {
    var channel = Comptoir.Channel.@new (args.length > 1 ? args[1] : "shopcaisse");
    sell.begin (channel, till, (source, result) => loop.quit ());
    loop.run ();
  } catch (Error error) {
    printerr ("%s\n", error.message);
    return 1;
  }
  return 0;
}
