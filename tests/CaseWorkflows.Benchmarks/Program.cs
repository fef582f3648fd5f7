Console.WriteLine("durable");
